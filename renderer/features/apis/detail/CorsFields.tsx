import { type ApiCors, apiCors, apiVerb } from '../../../../preload/contract/apis.ts';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../../ui/chips/chips.ts';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import styles from './ApiDetail.module.css';
import { apiLabels } from './apiValues.ts';
import type { ApiFieldsProps } from './GeneralFields.tsx';

/** The lists of API Manager's configuration (gateway reference 8). */
const usual: ApiCors = {
  enabled: true,
  methods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
  headers: ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'],
  exposedHeaders: [],
};

type Mode = 'usual' | 'own' | 'off';

const modes = [
  { value: 'usual', label: 'As WSO2' },
  { value: 'own', label: 'Own lists' },
  { value: 'off', label: 'Off' },
] as const;

const modeOf = (cors: ApiCors | null): Mode => (cors === null ? 'usual' : cors.enabled ? 'own' : 'off');

const header = apiCors.shape.exposedHeaders.element;
const checkHeader = (text: string): ChipVerdict => {
  const { error } = header.safeParse(text);
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'Not a header name.' };
};
const checkAllowed = (text: string): ChipVerdict => (text === '*' ? { ok: true } : checkHeader(text));
const checkVerb = (text: string): ChipVerdict => {
  const { error } = apiVerb.safeParse(text.toUpperCase());
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'Not a verb.' };
};
const verbs = apiVerb.options.map((value) => ({ value }));

/** Whether pages of other origins may call an API, and with what. */
export const CorsFields = ({ values: { cors }, faults, onChange }: ApiFieldsProps) => {
  const lists = cors ?? usual;
  const change = (patch: Partial<ApiCors>) => onChange({ cors: { ...lists, ...patch } });
  const choose = (mode: Mode) => onChange({ cors: mode === 'usual' ? null : { ...lists, enabled: mode === 'own' } });
  return (
    <Section
      title={apiLabels.cors}
      description="For web pages: those on this machine, and on origins listed with keys."
    >
      <div className={styles.form}>
        <Field label="Replies to web pages" error={faults.cors}>
          <SegmentedControl segments={modes} value={modeOf(cors)} onChange={choose} />
        </Field>
        {cors?.enabled === true && (
          <>
            <Field label="Allowed verbs">
              <ChipsInput
                value={cors.methods}
                // `checkVerb` refuses other words, and the contract does before saving.
                onChange={(methods) =>
                  change({ methods: methods.map((one) => one.toUpperCase()) as ApiCors['methods'] })
                }
                check={checkVerb}
                nouns={['verb', 'verbs']}
                placeholder="GET, POST"
                suggestions={verbs}
              />
            </Field>
            <Field label="Allowed request headers" hint="* allows every header that a page requests.">
              <ChipsInput
                value={cors.headers}
                onChange={(headers) => change({ headers: [...headers] })}
                check={checkAllowed}
                nouns={['header', 'headers']}
                placeholder="Authorization, Content-Type"
              />
            </Field>
            <Field label="Exposed response headers" optional>
              <ChipsInput
                value={cors.exposedHeaders}
                onChange={(exposedHeaders) => change({ exposedHeaders: [...exposedHeaders] })}
                check={checkHeader}
                nouns={['header', 'headers']}
                placeholder="X-Total-Count"
              />
            </Field>
          </>
        )}
      </div>
    </Section>
  );
};
