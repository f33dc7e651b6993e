import { useEffect, useState } from 'react';
import { type FaultRoute, faultRoute } from '../../../../preload/contract/faults.ts';
import { faultRouteTexts } from '../../../../preload/contract/faultTexts.ts';
import { type KeyType, keyType as keyTypes } from '../../../../preload/contract/values.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useRoute } from '../../../store/hooks/window/window.ts';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { Field } from '../../../ui/fields/Field.tsx';

/** The replies that a fault changes. Absent members: any. */
interface Chosen {
  readonly route?: FaultRoute | undefined;
  readonly application?: string | undefined;
  readonly keyType?: KeyType | undefined;
  readonly api?: string | undefined;
}

export interface FaultTargetChoice {
  readonly chosen: Chosen;
  choose(patch: Chosen): void;
}

/** Gives the chosen replies. The address may name an application and its key type. */
export function useFaultTarget(): FaultTargetChoice {
  const route = useRoute();
  const { application, keyType } = (route.screen === 'requests' && route.filter) || {};
  const [chosen, setChosen] = useState<Chosen>({});
  useEffect(() => {
    if (application !== undefined) setChosen({ application, keyType: keyTypes.safeParse(keyType).data });
  }, [application, keyType]);
  return { chosen, choose: (patch) => setChosen((before) => ({ ...before, ...patch })) };
}

const any = '';
const routes = [
  { value: any, label: 'Any route' },
  ...faultRoute.options.map((value) => ({ value, label: faultRouteTexts[value] })),
] as const;
const keyTypeOptions = [
  { value: any, label: 'Both key types' },
  ...keyTypes.options.map((value) => ({ value, label: keyTypeNames[value] })),
] as const;

/** Chooses the replies by route, application, key type and API. */
export const FaultTarget = ({ target: { chosen, choose } }: { readonly target: FaultTargetChoice }) => {
  const { route, application, keyType, api } = chosen;
  const applications = useRead('applications.list', {}).value?.items ?? [];
  const apis = useRead('apis.list', {}).value?.items ?? [];
  return (
    <>
      <Field label="Route">
        <Select
          options={routes}
          value={route ?? any}
          onChange={(value) => choose({ route: value === any ? undefined : value })}
        />
      </Field>
      <Field label="Application">
        <Combobox
          noun="application"
          options={[
            { value: any, label: 'Any application' },
            ...applications.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={application ?? any}
          onChange={(value) => choose({ application: value || undefined, keyType: undefined })}
        />
      </Field>
      {application !== undefined && (
        <Field label="Key type">
          <Select
            options={keyTypeOptions}
            value={keyType ?? any}
            onChange={(value) => choose({ keyType: value === any ? undefined : value })}
          />
        </Field>
      )}
      <Field label="API">
        <Combobox
          noun="API"
          options={[
            { value: any, label: 'Any API' },
            ...apis.map((one) => ({ value: labelOf(one), label: labelOf(one) })),
          ]}
          value={api ?? any}
          onChange={(value) => choose({ api: value || undefined })}
        />
      </Field>
    </>
  );
};

/** An API as people name it: `echo/1.0`. */
const labelOf = ({ name, version }: { readonly name: string; readonly version: string }): string =>
  `${name}/${version}`;
