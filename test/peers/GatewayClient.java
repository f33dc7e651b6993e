import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A foreign client of the gateway. Takes the URL of an API and a token; prints what it was answered, as JSON. */
class GatewayClient {
  static HttpResponse<String> call(String url, String token) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  public static void main(String[] args) throws Exception {
    HttpResponse<String> refused = call(args[0], "nope");
    System.out.println("{\"answered\":" + quoted(call(args[0], args[1]).body())
        + ",\"refused\":{\"status\":" + refused.statusCode()
        + ",\"reason\":" + quoted(refused.headers().firstValue("X-Keyfob-Reason").orElse("")) + "}}");
  }
}
