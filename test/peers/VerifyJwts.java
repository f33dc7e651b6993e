import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A foreign verifier of JWTs, with Java's own classes. Takes the file of an authority, the URL of the keys, and JWTs;
 * prints for each one in a line whether the served key signed it.
 */
class VerifyJwts {
  static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** A text member of a flat JSON object. */
  static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  static BigInteger number(String json, String name) {
    return new BigInteger(1, decoded(member(json, name)));
  }

  static String served(String caFile, String url) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    byte[] pem = Files.readAllBytes(Path.of(caFile));
    trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  static PublicKey key(String jwk) throws Exception {
    if (member(jwk, "kty").equals("RSA")) {
      return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  static boolean isGood(String jwt, String jwks) throws Exception {
    String[] parts = jwt.split("\\.");
    String header = new String(decoded(parts[0]), StandardCharsets.UTF_8);
    Matcher jwk = Pattern.compile("\\{[^{}]*\"kid\":\"" + Pattern.quote(member(header, "kid")) + "\"[^{}]*\\}").matcher(jwks);
    if (!jwk.find() || !member(jwk.group(), "alg").equals(member(header, "alg"))) return false;
    boolean isRsa = member(header, "alg").equals("RS256");
    Signature verifier = Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    verifier.initVerify(key(jwk.group()));
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return verifier.verify(decoded(parts[2]));
  }

  public static void main(String[] args) throws Exception {
    String jwks = served(args[0], args[1]);
    for (int at = 2; at < args.length; at += 1) System.out.println(isGood(args[at], jwks));
  }
}
