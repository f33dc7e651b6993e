import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { formatMs } from '../requestWords.ts';

/** The facts that the log has about a request. */
export const RequestFacts = ({ request }: { readonly request: LoggedRequest }) => {
  const { application, keyType, clientId, user, device, grantType, api, resource, error, errorDescription } = request;
  const { secretsInUrl, foreignSite, count, cached, fault, atMs, durationMs, backendMs } = request;
  const facts = [
    request.source === 'mcp' && { term: 'Source', value: 'A model called this tool of keyfob mcp' },
    application !== undefined && {
      term: 'Application',
      value: (
        <a href={hrefOf({ screen: 'applications', application, ...(keyType && { keyType }) })}>
          {application}
          {keyType !== undefined && `, ${keyTypeNames[keyType]}`}
        </a>
      ),
    },
    clientId !== undefined && { term: 'Consumer key', value: <code>{clientId}</code> },
    user !== undefined && { term: 'User', value: user },
    device !== undefined && { term: 'Device', value: device },
    grantType !== undefined && { term: 'Grant', value: <code>{grantType}</code> },
    api !== undefined && { term: 'API', value: resource === undefined ? api : `${api}, resource ${resource}` },
    error !== undefined && {
      term: 'Error',
      value: (
        <>
          <code>{error}</code>
          {errorDescription !== undefined && `: ${errorDescription}`}
        </>
      ),
    },
    fault !== undefined && { term: 'Fault on purpose', value: fault },
    cached === true && { term: 'Token check', value: 'Answered from the validation cache' },
    secretsInUrl !== undefined && { term: 'Secrets in the URL', value: <code>{secretsInUrl.join(', ')}</code> },
    foreignSite !== undefined && {
      term: 'Sent by a page of',
      value: count === 1 ? foreignSite : `${foreignSite} (${formatCount(count ?? 0)} requests; this is the newest)`,
    },
    { term: 'Time', value: formatInstant(atMs, true) },
    durationMs !== undefined && {
      term: 'Duration',
      value: backendMs === undefined ? formatMs(durationMs) : `${formatMs(durationMs)}, backend ${formatMs(backendMs)}`,
    },
  ].filter((fact) => fact !== false);
  return <DefinitionList items={facts} />;
};
