import { type Api, apis } from '../../../../preload/contract/apis.ts';
import { backendFault } from '../BackendField.tsx';

export const apiFields = [
  'name',
  'context',
  'version',
  'isDefaultVersion',
  'state',
  'description',
  'productionBackend',
  'sandboxBackend',
  'backendCa',
  'open',
  'tier',
  'authorizationHeader',
  'cors',
] as const;
type ApiField = (typeof apiFields)[number];

/** The editable values of an API. */
export type ApiValues = Pick<Api, ApiField>;

/** The label of each field. */
export const apiLabels: Readonly<Record<ApiField, string>> = {
  name: 'Name',
  context: 'Context',
  version: 'Version',
  isDefaultVersion: 'Default version',
  state: 'State',
  description: 'Description',
  productionBackend: 'Production backend',
  sandboxBackend: 'Sandbox backend',
  backendCa: 'Certificate of https backends',
  open: 'Subscriptions',
  tier: 'Tier',
  authorizationHeader: 'Header with the token',
  cors: 'CORS',
};

/** Takes an API; gives its editable values. */
export const valuesOf = (api: Api): ApiValues => ({
  name: api.name,
  context: api.context,
  version: api.version,
  isDefaultVersion: api.isDefaultVersion,
  state: api.state,
  description: api.description,
  productionBackend: api.productionBackend,
  sandboxBackend: api.sandboxBackend,
  backendCa: api.backendCa,
  open: api.open,
  tier: api.tier,
  authorizationHeader: api.authorizationHeader,
  cors: api.cors,
});

export type ApiFaults = Partial<Record<ApiField, string | undefined>>;

const isBackend = (name: ApiField): name is 'productionBackend' | 'sandboxBackend' =>
  name === 'productionBackend' || name === 'sandboxBackend';

/** Takes edited values; gives what prevents saving them, by field. */
export function faultsOf(values: ApiValues): ApiFaults {
  const { shape } = apis.update.input;
  const faults: ApiFaults = {};
  for (const name of apiFields) {
    const problem = isBackend(name)
      ? backendFault(values[name])
      : shape[name].safeParse(values[name]).error?.issues[0]?.message;
    if (problem !== undefined) faults[name] = problem;
  }
  return faults;
}

/** Whether a backend is called over TLS. */
export const hasTls = ({ productionBackend, sandboxBackend }: ApiValues): boolean =>
  [productionBackend, sandboxBackend].some((backend) => backend?.startsWith('https:') === true);
