/** One step, with its command if there is one. */
export interface TrustStep {
  readonly text: string;
  readonly command?: string;
}

export interface TrustGuide {
  readonly value: string;
  readonly label: string;
  /** Names that people may use for these programs and systems. */
  readonly programs: readonly string[];
  /** The only system for its commands, as Node names it. */
  readonly system?: 'linux' | 'darwin' | 'win32';
  /** The programs that trust the authority afterwards. */
  readonly reach: string;
  readonly steps: readonly TrustStep[];
  /** How to undo it. */
  readonly undo?: TrustStep;
}

const isWindowsPath = (path: string): boolean => /^([A-Za-z]:|\\\\)/.test(path);

/** Quotes a word for sh, bash and zsh. */
export const posix = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
/** Quotes a word for cmd.exe and PowerShell: no path of Windows contains a double quote. */
const windows = (text: string): string => (/^[\w@+=:,.\\-]+$/.test(text) ? text : `"${text}"`);

const powershell = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Gives the steps that make programs trust the authority with its certificate at `caFile`. The commands contain its
 * real path. For another kind of system, they use a copy named ca.pem in the current folder.
 */
export function trustGuides(caFile: string, tokenUrl: string): readonly TrustGuide[] {
  const onWindows = isWindowsPath(caFile);
  const unix = onWindows ? 'ca.pem' : posix(caFile);
  const win = onWindows ? windows(caFile) : 'ca.pem';
  const copyThere: readonly TrustStep[] = [{ text: 'Copy ca.pem to that machine, and go to its folder.' }];
  const toUnix = onWindows ? copyThere : [];
  const toWindows = onWindows ? [] : copyThere;
  const nodePath = onWindows
    ? `$env:NODE_EXTRA_CA_CERTS = ${powershell(caFile)}`
    : `export NODE_EXTRA_CA_CERTS=${unix}`;
  const here = onWindows ? windows(caFile) : unix;
  return [
    {
      value: 'debian',
      programs: ['system', 'debian', 'ubuntu', 'linux', 'dotnet', '.net', 'go', 'php', 'ruby'],
      system: 'linux',
      label: 'Debian, Ubuntu',
      reach: 'curl, Python’s ssl, Go, PHP, Ruby and most others. Not browsers, Node or Java.',
      steps: [
        ...toUnix,
        {
          text: 'Add it to the system’s authorities; its name there must end in .crt.',
          command: `sudo cp ${unix} /usr/local/share/ca-certificates/keyfob.crt\nsudo update-ca-certificates`,
        },
      ],
      undo: {
        text: 'Remove it.',
        command: 'sudo rm /usr/local/share/ca-certificates/keyfob.crt\nsudo update-ca-certificates --fresh',
      },
    },
    {
      value: 'fedora',
      programs: ['system', 'fedora', 'rhel', 'linux', 'dotnet', '.net', 'go', 'php', 'ruby'],
      system: 'linux',
      label: 'Fedora, RHEL',
      reach: 'All programs that use the system’s authorities, including Firefox and Java. Not Node.',
      steps: [
        ...toUnix,
        {
          text: 'Add it to the system’s authorities.',
          command: `sudo cp ${unix} /etc/pki/ca-trust/source/anchors/keyfob.pem\nsudo update-ca-trust`,
        },
      ],
      undo: {
        text: 'Remove it.',
        command: 'sudo rm /etc/pki/ca-trust/source/anchors/keyfob.pem\nsudo update-ca-trust',
      },
    },
    {
      value: 'macos',
      programs: ['system', 'macos', 'mac', 'safari', 'dotnet', '.net', 'go', 'php', 'ruby', 'chrome', 'edge'],
      system: 'darwin',
      label: 'macOS',
      reach: 'Safari, Chrome, curl, Swift and most others. Not Node or Java.',
      steps: [
        ...toUnix,
        {
          text: 'Add it to the system keychain as a trusted root; macOS requires an administrator.',
          command: `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ${unix}`,
        },
      ],
      undo: { text: 'Stop trusting it.', command: `sudo security remove-trusted-cert -d ${unix}` },
    },
    {
      value: 'windows',
      programs: ['system', 'windows', 'edge', 'chrome', 'dotnet', '.net', 'go', 'powershell'],
      system: 'win32',
      label: 'Windows',
      reach: 'Edge, Chrome, .NET, PowerShell and curl.exe of this user. No administrator is needed.',
      steps: [
        ...toWindows,
        {
          text: 'Add it to your trusted roots, in PowerShell or cmd.exe; Windows asks you to confirm.',
          command: `certutil -user -addstore Root ${win}`,
        },
      ],
      undo: {
        text: 'Remove it: run this, then Trusted Root Certification Authorities, Keyfob CA, Delete.',
        command: 'certmgr.msc',
      },
    },
    {
      value: 'browsers',
      programs: ['firefox', 'browsers', 'chrome', 'chromium'],
      label: 'Firefox, Chromium',
      reach: 'Firefox has its own authorities. On Linux, Chromium and Chrome keep theirs per user.',
      steps: [
        {
          text: 'Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import; choose ca.pem and tick “identify websites”.',
        },
        ...toUnix,
        {
          text: 'Or for all profiles of Firefox on Linux at once; certutil is in libnss3-tools (Debian) or nss-tools (Fedora).',
          command: `for profile in ~/.mozilla/firefox/*.default*; do\n  certutil -d "sql:$profile" -A -t C,, -n 'Keyfob CA' -i ${unix}\ndone`,
        },
        {
          text: 'Chromium and Chrome on Linux.',
          command: `mkdir -p ~/.pki/nssdb\ncertutil -d sql:$HOME/.pki/nssdb -A -t C,, -n 'Keyfob CA' -i ${unix}`,
        },
      ],
      undo: {
        text: 'Remove it; in Firefox itself, on the same screen.',
        command:
          "for profile in ~/.mozilla/firefox/*.default*; do\n  certutil -d \"sql:$profile\" -D -n 'Keyfob CA'\ndone\ncertutil -d sql:$HOME/.pki/nssdb -D -n 'Keyfob CA'",
      },
    },
    {
      value: 'curl',
      programs: ['curl'],
      label: 'curl',
      reach: 'One call only; nothing is installed. The snippets do the same.',
      steps: [
        { text: 'Name the authority in the call.', command: `curl --cacert ${here} ${tokenUrl}` },
        ...(onWindows
          ? [
              {
                text: "Windows' curl.exe checks a revocation list, which doesn't exist here.",
                command: `curl.exe --ssl-no-revoke --cacert ${here} ${tokenUrl}`,
              },
            ]
          : [
              {
                text: 'Or for all calls in this terminal, in place of the system’s authorities.',
                command: `export CURL_CA_BUNDLE=${unix}`,
              },
            ]),
      ],
    },
    {
      value: 'node',
      programs: ['node', 'python', 'requests'],
      label: 'Node, Python',
      reach: 'Programs started in this terminal. Node adds it to its own authorities.',
      steps: [
        { text: 'Node, before it starts.', command: nodePath },
        {
          text: 'Python’s requests, in place of its own authorities.',
          command: onWindows ? `$env:REQUESTS_CA_BUNDLE = ${powershell(caFile)}` : `export REQUESTS_CA_BUNDLE=${unix}`,
        },
      ],
    },
    {
      value: 'java',
      programs: ['java', 'kotlin', 'jvm', 'keytool'],
      label: 'Java',
      reach: 'All programs of one Java installation: the one with this keytool.',
      steps: [
        {
          text: 'Add it to cacerts; for a system-wide Java, put sudo in front.',
          command: `keytool -importcert -noprompt -alias keyfob -cacerts -storepass changeit -file ${here}`,
        },
        {
          text: 'Or for one program: write a trust store with it and the roots of this system, and pass it to that program.',
          command:
            'keyfob endpoint trust --for java --write truststore.p12\njava -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit …',
        },
      ],
      undo: { text: 'Remove it.', command: 'keytool -delete -alias keyfob -cacerts -storepass changeit' },
    },
    {
      value: 'phones',
      programs: ['android', 'ios', 'phones'],
      label: 'Android, iOS',
      reach:
        'Emulators and simulators on this machine. For Android, add 10.0.2.2 to the names above: it is this machine there.',
      steps: [
        {
          text: 'Android: put it on the emulator, then Settings, Security, Encryption & credentials, Install a certificate, CA certificate.',
          command: `adb push ${here} /sdcard/Download/keyfob.crt`,
        },
        {
          text: 'Android apps trust it only if they say so: in res/xml/network_security_config.xml, named in the manifest as android:networkSecurityConfig.',
          command:
            '<network-security-config>\n  <debug-overrides>\n    <trust-anchors>\n      <certificates src="user" />\n    </trust-anchors>\n  </debug-overrides>\n</network-security-config>',
        },
        { text: 'iOS: the running simulator.', command: `xcrun simctl keychain booted add-root-cert ${unix}` },
      ],
    },
  ];
}

/** The guide for the probable system of this window. */
export function usualGuide(caFile: string, userAgent: string): string {
  if (isWindowsPath(caFile)) return 'windows';
  return /Macintosh|Mac OS X/.test(userAgent) ? 'macos' : 'debian';
}
