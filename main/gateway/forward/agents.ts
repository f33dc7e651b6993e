import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { createSecureContext, getCACertificates } from 'node:tls';

/** Agents of changed or deleted APIs are not told apart, so the oldest one is evicted. */
const mostTlsAgents = 32;

/** Keep-alive connections to backends. */
export interface Agents {
  /** Gives the agent for http, or for https with an API's own authority. Throws for an invalid PEM. */
  of(isTls: boolean, backendCa: string | null): Agent;
  close(): void;
}

/** A PEM that is trusted in addition to the default roots: an authority, or the certificate of the backend itself. */
const tlsAgent = (backendCa: string | null): TlsAgent =>
  new TlsAgent({
    keepAlive: true,
    rejectUnauthorized: true,
    ...(backendCa !== null && {
      secureContext: createSecureContext({
        ca: [...getCACertificates('default'), backendCa],
        allowPartialTrustChain: true,
      }),
    }),
  });

/** Creates agents. They ignore the proxies of the environment. */
export const createAgents = (): Agents => {
  const plain = new Agent({ keepAlive: true });
  const tls = new Map<string | null, TlsAgent>();
  return {
    of(isTls, backendCa) {
      if (!isTls) return plain;
      const known = tls.get(backendCa);
      if (known !== undefined) return known;
      const agent = tlsAgent(backendCa);
      const [oldest] = tls;
      if (oldest !== undefined && tls.size >= mostTlsAgents) {
        tls.delete(oldest[0]);
        // It still serves its running requests.
        oldest[1].keepSocketAlive = () => false;
      }
      tls.set(backendCa, agent);
      return agent;
    },
    close() {
      plain.destroy();
      for (const agent of tls.values()) agent.destroy();
    },
  };
};
