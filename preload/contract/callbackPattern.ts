/** One part of a parsed pattern. */
type Part =
  | { readonly kind: 'one'; readonly test: (letter: string) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'any'; readonly options: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly min: number; readonly max: number }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' };

/** A step of the machine. A step without `test` and `edge` continues at each place of `to`. */
interface Step {
  readonly test?: (letter: string) => boolean;
  readonly edge?: 'start' | 'end';
  readonly to?: number[];
}

/** With texts of at most 2048 characters, a match takes less than two million tests. */
const mostSteps = 1000;
const mostRepeats = 200;

const classes: Readonly<Record<string, (letter: string) => boolean>> = {
  d: (letter) => /\d/.test(letter),
  D: (letter) => /\D/.test(letter),
  w: (letter) => /\w/.test(letter),
  W: (letter) => /\W/.test(letter),
  s: (letter) => /\s/.test(letter),
  S: (letter) => /\S/.test(letter),
};

/** Parses the common part of Java's and JavaScript's regular expressions. Throws a sentence for anything else. */
const createParser = (text: string) => {
  let at = 0;
  const eat = (wanted: string): boolean => {
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  };
  const next = (): string => {
    const letter = text.charAt(at);
    if (letter === '') throw new Error('it is incomplete');
    at += 1;
    return letter;
  };

  const escaped = (): string | ((letter: string) => boolean) => {
    const letter = next();
    const known = classes[letter];
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/.test(letter)) throw new Error(`\\${letter} is not supported`);
    return letter;
  };

  const bracket = (): Part => {
    const negated = eat('^');
    const tests: ((letter: string) => boolean)[] = [];
    for (let first = true; first || !eat(']'); first = false) {
      const letter = next();
      if (letter === '[' || (letter === '&' && text.charAt(at) === '&')) throw new Error('classes cannot be nested');
      const from = letter === '\\' ? escaped() : letter;
      if (typeof from === 'function') {
        tests.push(from);
      } else if (text.charAt(at) === '-' && text.charAt(at + 1) !== ']') {
        at += 1;
        const last = next();
        const to = last === '\\' ? escaped() : last;
        if (typeof to === 'function' || to < from) throw new Error('a range of a class is not in order');
        tests.push((one) => one >= from && one <= to);
      } else tests.push((one) => one === from);
    }
    return { kind: 'one', test: (one) => tests.some((test) => test(one)) !== negated };
  };

  const group = (): Part => {
    if (text.charAt(at) === '?' && !eat('?:')) throw new Error('(?…) is supported as (?:…) only');
    const inner = alternatives();
    if (!eat(')')) throw new Error('a ( has no )');
    return inner;
  };

  const atom = (): Part => {
    const letter = next();
    if (letter === '(') return group();
    if (letter === '[') return bracket();
    if (letter === '.') return { kind: 'one', test: () => true };
    if (letter === '^') return { kind: 'edge', edge: 'start' };
    if (letter === '$') return { kind: 'edge', edge: 'end' };
    if (/[*+?{]/.test(letter)) throw new Error(`nothing precedes ${letter}`);
    const literal = letter === '\\' ? escaped() : letter;
    return { kind: 'one', test: typeof literal === 'function' ? literal : (one) => one === literal };
  };

  const repeats = (): { readonly min: number; readonly max: number } | undefined => {
    if (eat('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (eat('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (eat('?')) return { min: 0, max: 1 };
    const [whole, min, comma, max] = /^\{(\d{1,3})(,?)(\d{0,3})\}/.exec(text.slice(at)) ?? [];
    if (whole === undefined) return undefined;
    at += whole.length;
    return { min: Number(min), max: comma === '' ? Number(min) : max === '' ? Number.POSITIVE_INFINITY : Number(max) };
  };

  const sequence = (): Part => {
    const parts: Part[] = [];
    while (at < text.length && text.charAt(at) !== '|' && text.charAt(at) !== ')') {
      const part = atom();
      const times = repeats();
      if (times === undefined) {
        parts.push(part);
        continue;
      }
      if (times.max < times.min || times.min > mostRepeats) throw new Error('a number of repetitions is wrong');
      // Lazy or not, a whole match is the same.
      eat('?');
      parts.push({ kind: 'repeat', part, ...times });
    }
    return { kind: 'all', parts };
  };

  const alternatives = (): Part => {
    const options = [sequence()];
    while (eat('|')) options.push(sequence());
    return { kind: 'any', options };
  };

  return (): Part => {
    const part = alternatives();
    if (at < text.length) throw new Error('a ) has no (');
    return part;
  };
};

/** Translates a part into steps. The place after the last step is the match. Throws for a pattern that needs too many. */
const compile = (part: Part, steps: Step[]): void => {
  const push = (step: Step): Step => {
    if (steps.length >= mostSteps) throw new Error('it is too large');
    steps.push(step);
    return step;
  };
  const optional = (inner: Part, loops: boolean): void => {
    const start = steps.length;
    const fork = push({ to: [start + 1] });
    compile(inner, steps);
    if (loops) push({ to: [start] });
    fork.to?.push(steps.length);
  };
  switch (part.kind) {
    case 'one':
      push({ test: part.test });
      return;
    case 'edge':
      push({ edge: part.edge });
      return;
    case 'all':
      for (const one of part.parts) compile(one, steps);
      return;
    case 'any': {
      const fork = push({ to: [] });
      const exits: Step[] = [];
      for (const option of part.options) {
        fork.to?.push(steps.length);
        compile(option, steps);
        exits.push(push({ to: [] }));
      }
      for (const exit of exits) exit.to?.push(steps.length);
      return;
    }
    case 'repeat': {
      for (let count = 0; count < part.min; count += 1) compile(part.part, steps);
      if (part.max === Number.POSITIVE_INFINITY) optional(part.part, true);
      else for (let count = part.min; count < part.max; count += 1) optional(part.part, false);
    }
  }
};

/** Whether the steps match the whole text. All paths advance together, so no text makes it backtrack. */
const run = (steps: readonly Step[], text: string): boolean => {
  const reach = (places: Iterable<number>, at: number): ReadonlySet<number> => {
    const reached = new Set<number>();
    const waiting = [...places];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      const { to = [], edge } = steps[place] ?? {};
      waiting.push(...to);
      if (edge !== undefined && at === (edge === 'start' ? 0 : text.length)) waiting.push(place + 1);
    }
    return reached;
  };
  let places = reach([0], 0);
  for (const [at, letter] of [...text].entries()) {
    const advanced = [...places].filter((place) => steps[place]?.test?.(letter)).map((place) => place + 1);
    if (advanced.length === 0) return false;
    places = reach(advanced, at + 1);
  }
  return places.has(steps.length);
};

/**
 * Gives the test of a `regexp=` callback, which must match the whole URL, as Java's `String.matches`. It runs on a state
 * machine and never backtracks, so its time grows with the length of the URL only. Throws an `Error` whose message says
 * what is wrong with the pattern.
 */
export const parseCallbackPattern = (pattern: string): ((url: string) => boolean) => {
  const steps: Step[] = [];
  compile(createParser(pattern)(), steps);
  return (url) => run(steps, url);
};
