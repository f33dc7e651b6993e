import type { Api } from '../../../preload/contract/apis.ts';
import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
import { success } from '../output/report.ts';
import { fieldsText, rowsText, type Shown, type ShowOptions } from '../text/rows.ts';
import { count, type Result, type TopicTraits } from './traits.ts';

const resourceView = {
  columns: ['verb', 'template', 'authType', 'scopes', 'tier'],
  text: ['scopes'],
  optional: ['tier', 'authType'],
};

function showApi({ resources, cors, backendCa, ...rest }: Api, options: ShowOptions): Shown {
  const fields = { ...rest, backendCa: backendCa === null ? 'of the system' : 'its own', cors: cors ?? 'default' };
  const { out, notes } = rowsText(resourceView, resources, options);
  return { out: `${fieldsText(fields, options.now)}\n\nResources\n${resources.length === 0 ? 'none' : out}`, notes };
}

const label = ({ name, version }: Pick<Api, 'name' | 'version'>): string => `${name}/${version}`;

const done =
  (verb: string) =>
  (api: Api): Result => ({ done: `${verb} API "${label(api)}" at ${api.url}` });

function showImport(output: OutputOf<MethodOf<'apis.importOpenApi'>>, options: ShowOptions): Shown {
  const { api, created, scopes, notes } = output;
  const isPreview = options.input?.preview === true;
  const verb = isPreview ? 'Would save' : created ? 'Created' : 'Replaced';
  const scopeText = scopes.length === 0 ? '' : ` and the scopes ${scopes.join(', ')}`;
  const first = `${verb} API "${label(api)}" at ${api.url}${scopeText}.`;
  const { out } = rowsText(resourceView, api.resources, options);
  return { out: `${isPreview ? first : success(first)}${api.resources.length === 0 ? '' : `\n${out}`}`, notes };
}

export const apis: TopicTraits<'apis'> = {
  summary: 'APIs of the gateway, with their resources',
  group: 'core',
  subjects: ['api', 'name', 'file'],
  methods: {
    list: {
      list: {
        columns: ['id', 'name', 'version', 'basePath', 'state', 'productionBackend', 'sandboxBackend', 'open', 'tier'],
        text: ['productionBackend', 'sandboxBackend'],
        optional: ['tier', 'id', 'sandboxBackend', 'open', 'state'],
        empty: 'No APIs yet. Create one: `keyfob apis create --name orders`',
      },
    },
    read: { examples: ['--api echo/1.0'], show: showApi },
    create: {
      examples: [
        '--name orders --production-backend http://localhost:7001 --sandbox-backend none',
        '--name mock --open',
      ],
      result: (api) => ({
        ...done('Created')(api),
        ...(!api.open && {
          next: `keyfob subscriptions create --application <name> --api ${posix(label(api))}`,
        }),
      }),
    },
    update: {
      examples: ['--api orders --state BLOCKED', '--api orders/1.0.0 --tier 10KPerMin'],
      result: done('Updated'),
    },
    delete: {
      examples: ['--api orders/1.0.0'],
      result: (api) => ({
        done: `Deleted API "${label(api)}" with ${count(api.subscriptions, 'subscription')}${api.scopes.length === 0 ? '.' : ` and the scopes ${api.scopes.join(', ')}.`}`,
      }),
    },
    setResource: {
      examples: ['--api orders --verb GET --template "/orders/{id}" --scopes read --tier 10KPerMin'],
      result: done('Updated'),
    },
    match: {
      examples: ['--path /echo/1.0/a', '--verb POST --path "/orders/1.0.0/orders?dry=1"'],
      show: ({ text, verbs }) => ({
        out: verbs.length === 0 ? text : `${text}\n\nVerbs of this path: ${verbs.join(', ')}`,
        notes: [],
      }),
    },
    importOpenApi: {
      examples: ['--file orders.yaml --preview', '--file orders.yaml --production-backend http://localhost:7001'],
      file: {
        access: 'read',
        mostBytes: 6_000_000,
        tooLarge: { code: 'bad_input', limit: 'a document may have at most 6 MB' },
      },
      show: showImport,
    },
    deleteResource: {
      examples: ['--api orders --verb GET --template "/orders/{id}"'],
      result: done('Updated'),
    },
  },
};
