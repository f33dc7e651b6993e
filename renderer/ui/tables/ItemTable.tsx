import type { ReactNode } from 'react';
import { Badge } from '../facts/Badge.tsx';
import type { Tone } from '../facts/tone.ts';
import styles from './items.module.css';

interface Item {
  /** Different for each row. */
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly tone: Tone;
  readonly text: ReactNode;
  /** The last cell of tables with a fourth heading. */
  readonly choice?: ReactNode;
}

interface ItemTableProps {
  readonly caption?: string;
  readonly headings: readonly string[];
  readonly items: readonly Item[];
}

/** A short table of named items, each with its state and a text, and perhaps a choice. */
export const ItemTable = ({ caption, headings, items }: ItemTableProps) => (
  <table className={styles.table}>
    {caption !== undefined && <caption>{caption}</caption>}
    <thead>
      <tr>
        {headings.map((heading) => (
          <th key={heading} scope="col">
            {heading}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {items.map(({ id, name, state, tone, text, choice }) => (
        <tr key={id}>
          <th scope="row">{name}</th>
          <td>
            <Badge tone={tone}>{state}</Badge>
          </td>
          <td>{text}</td>
          {choice !== undefined && <td>{choice}</td>}
        </tr>
      ))}
    </tbody>
  </table>
);
