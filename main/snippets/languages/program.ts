import type { SnippetModel } from '../../engine/ports/snippet.ts';
import { encodeStrictUrl, isHttps } from '../encode.ts';
import { trustFileOf } from '../trustFile.ts';
import { demandKey, demandNoNul, demandOneLine, demandToken, type UsedSecrets, type Value } from '../usedSecrets.ts';
import type { Language, ProgramCall } from './language.ts';

/** The parts of a call as code. Throws `bad_input` for a value that no program can send. */
const programCall = (model: SnippetModel, language: Language, secrets: UsedSecrets): ProgramCall => {
  const { literal, variable, plus } = language;
  const { method, basic, bearer, form, insecure, direct } = model;
  let readsVariables = false;

  const code = (value: Value, before = ''): string => {
    if ('text' in value) return literal(before + value.text);
    readsVariables = true;
    return before === '' ? variable(value.variable) : `${literal(before)}${plus}${variable(value.variable)}`;
  };

  const field = (of: SnippetModel['form'][number]) => {
    const value = secrets.fieldValue(of);
    if ('text' in value) demandNoNul(of.name, value.text);
    return { name: of.name, value: code(value) };
  };

  const basicOf = ({ consumerKey, consumerSecret }: NonNullable<typeof basic>) => {
    const secret = secrets.secretValue('consumerSecret', demandOneLine(consumerSecret));
    return { key: literal(consumerKey), secret: code(secret), pair: code(secret, `${consumerKey}:`) };
  };

  const bearerOf = (of: string | null) => {
    const token = secrets.secretValue('accessToken', demandToken(of));
    return { token: code(token), header: code(token, 'Bearer ') };
  };

  if (basic) demandKey(basic);
  const https = isHttps(model.url);
  const file = trustFileOf(model);
  if (file !== undefined && 'text' in file) demandOneLine(file.text);
  const call = {
    ...{ method, direct, isHttps: https, insecure: insecure && https },
    url: literal(encodeStrictUrl(model.url)),
    ...(basic && { basic: basicOf(basic) }),
    form: form.map(field),
    ...(bearer !== undefined && { bearer: bearerOf(bearer) }),
    ...(file !== undefined && { caFile: code(file) }),
  };
  return { ...call, readsVariables };
};

/** Writes a call as a program. Throws `bad_input` for a value that no program can send. */
export const writeProgram = (model: SnippetModel, language: Language, secrets: UsedSecrets): string =>
  language.write(programCall(model, language, secrets));
