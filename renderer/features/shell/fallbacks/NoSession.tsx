import { KeyRound } from 'lucide-react';
import styles from './NoSession.module.css';

const words = {
  used: {
    title: 'Link already used',
    what: 'Each link works once.',
    todo: 'Press Enter in the terminal where Keyfob runs for a new one, or start it again with npm start.',
  },
  silent: {
    title: 'Keyfob is not running',
    what: 'The Keyfob that served this page has stopped.',
    todo: 'Start it again with npm start; it opens a new window.',
  },
  ended: {
    title: 'Disconnected',
    what: 'The Keyfob behind this window was stopped or restarted.',
    todo: 'Press Enter in its terminal for a new link.',
  },
};

/** The whole page when it has no session: why, and how to get one. */
export const NoSession = ({ why }: { readonly why: keyof typeof words }) => (
  <main className={styles.root}>
    <span className={styles.sign}>
      <KeyRound aria-hidden size={24} />
    </span>
    <h1 className={styles.title}>{words[why].title}</h1>
    <p>{words[why].what}</p>
    <p className={styles.todo}>{words[why].todo}</p>
  </main>
);
