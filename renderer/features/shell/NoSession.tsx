import { KeyRound } from 'lucide-react';
import styles from './NoSession.module.css';

const words = {
  used: {
    title: 'This address has been used',
    what: 'An address of Keyfob opens one window, once. This one was opened before, or is too old.',
    todo: 'Press Enter in the terminal where Keyfob runs to get a new one, or start it again with npm start.',
  },
  silent: {
    title: 'Keyfob does not answer',
    what: 'This page is here, but the Keyfob that served it is not.',
    todo: 'Start it again with npm start; it opens a new window.',
  },
  ended: {
    title: 'This window is no longer connected',
    what: 'The Keyfob that it belonged to was stopped, or was started again.',
    todo: 'Open the address that Keyfob printed when it started last. Press Enter in its terminal to get a new one.',
  },
};

/** Stands alone on the page when it has no session: why, and how to get one. */
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
