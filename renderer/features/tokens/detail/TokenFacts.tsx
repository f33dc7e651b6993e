import type { Token } from '../../../../preload/contract/tokens.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { kindNames } from '../tokenWords.ts';
import styles from './TokenDetail.module.css';

const only = (filter: Readonly<Record<string, string>>) => hrefOf({ screen: 'tokens', filter });

/** The facts about a token, except its values. */
export const TokenFacts = ({ token }: { readonly token: Token }) => {
  const { application, keyType, user, userType, device, scope, stateId, bindingRef } = token;
  return (
    <DefinitionList
      items={[
        {
          term: 'Application',
          value: (
            <span className={styles.line}>
              <a href={hrefOf({ screen: 'applications', application, keyType })}>{application}</a>
              <Badge tone={keyType === 'PRODUCTION' ? 'danger' : 'warn'}>{keyTypeNames[keyType]}</Badge>
            </span>
          ),
        },
        {
          term: 'User',
          value: (
            <>
              <a href={only({ user })}>{user}</a>
              <span className={styles.muted}> · {kindNames[userType]}</span>
            </>
          ),
        },
        ...(device === undefined ? [] : [{ term: 'Device', value: <a href={only({ device })}>{device}</a> }]),
        {
          term: 'Scopes',
          value: (
            <span className={styles.line}>
              {scope
                .split(' ')
                .filter(Boolean)
                .map((one) => (
                  <Badge key={one} mono>
                    {one}
                  </Badge>
                ))}
            </span>
          ),
        },
        { term: 'Format', value: <code>{token.format}</code> },
        { term: 'Grant', value: <code>{token.grantType}</code> },
        { term: 'Issued', value: formatInstant(token.issuedAtMs, true) },
        { term: 'Expires', value: token.expiresAtMs === null ? 'never' : formatInstant(token.expiresAtMs, true) },
        {
          term: 'Reused',
          value:
            token.lastReusedAtMs === undefined
              ? 'never'
              : `${token.reuseCount === 1 ? 'once' : `${formatCount(token.reuseCount)} times`}, last ${formatInstant(token.lastReusedAtMs, true)}`,
        },
        { term: 'State id', value: <code>{stateId}</code> },
        { term: 'Binding reference', value: <code>{bindingRef}</code> },
      ]}
    />
  );
};
