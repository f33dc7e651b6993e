import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import { json, type Reply } from './reply.ts';

/** A fault on purpose, for one reply. */
export interface PurposefulFault {
  readonly kind: string;
  /** Of a delay. */
  readonly seconds: number;
  readonly why: () => string;
}

/** Nobody reads this reply. The status is nginx's for a client that left. */
const abandoned: Reply = { status: 499, headers: [], body: '' };

const longBody = `{"data":"${'0123456789abcdef'.repeat(32)}"}`;

/** A reply that is cut in its body. */
export const cutReply: Reply = { status: 200, headers: json, body: longBody, cutAfterBytes: longBody.length >> 1 };

/** A reply whose body ends too early, with the length that it has. */
export const malformedReply: Reply = { status: 200, headers: json, body: longBody.slice(0, longBody.length >> 1) };

/** Adds the facts of a fault to the reply that it shaped, for the log. */
export const markFault = (reply: Reply, { kind, why }: PurposefulFault): Reply => {
  const trueReason = reply.why;
  return { ...reply, fault: kind, why: trueReason === undefined ? why : () => [why(), trueReason()].join(' ') };
};

/** Gives the true reply after the delay of a fault. Does nothing once the client has left. */
export const delayed = async (
  { response }: Exchange,
  fault: PurposefulFault,
  answer: () => Reply | Promise<Reply>,
): Promise<Reply> => {
  // The server waits for running requests when it stops, and then closes their connections.
  await wait(fault.seconds * 1000, undefined, { ref: false });
  return markFault(response.destroyed ? abandoned : await answer(), fault);
};
