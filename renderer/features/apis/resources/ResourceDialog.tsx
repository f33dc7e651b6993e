import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import {
  type Api,
  type ApiResource,
  type ApiVerb,
  apiResource,
  apiVerb,
  authType,
} from '../../../../preload/contract/apis.ts';
import { scopeName } from '../../../../preload/contract/values.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useFormCall } from '../../../store/hooks/calls/useFormCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { ChipsInput } from '../../../ui/chips/ChipsInput.tsx';
import type { ChipVerdict } from '../../../ui/chips/chips.ts';
import { Select } from '../../../ui/choices/Select.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { TierField } from '../TierField.tsx';
import { authWords } from '../words.ts';
import styles from './resources.module.css';
import { keyOf } from './useResources.ts';

const schema = apiResource.omit({ verb: true }).extend({ verbs: apiVerb.array().min(1, 'Choose at least one verb.') });

const authOptions = authType.options.map((value) => ({ value, label: authWords[value].label }));

const checkScope = (text: string): ChipVerdict => {
  const { error } = scopeName.safeParse(text);
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'Not a valid scope.' };
};

/** The list after saving: an edited resource keeps its place, new ones follow the others. */
function withResources(
  all: readonly ApiResource[],
  edits: ApiResource | undefined,
  saved: readonly ApiResource[],
): ApiResource[] {
  const at = edits === undefined ? -1 : all.findIndex((one) => keyOf(one) === keyOf(edits));
  return at === -1 ? [...all, ...saved] : all.toSpliced(at, 1, ...saved);
}

interface ResourceDialogProps {
  readonly api: Api;
  /** Absent: the form adds resources. */
  readonly edits: ApiResource | undefined;
  readonly onClose: () => void;
}

/** Adds resources, or changes one. Several verbs of a template give a resource each. */
export const ResourceDialog = ({ api, edits, onClose }: ResourceDialogProps) => {
  const { host } = useKeyfob();
  const scopes = useRead('scopes.list', {}).value?.items ?? [];
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      verbs: [edits?.verb ?? 'GET'],
      template: edits?.template ?? '/',
      authType: edits?.authType ?? 'Any',
      scopes: edits?.scopes ?? [],
      tier: edits?.tier ?? 'Unlimited',
    },
  });
  const call = useFormCall(form, async ({ verbs, ...rest }) => {
    const saved = apiVerb.options.filter((verb) => verbs.includes(verb)).map((verb) => ({ verb, ...rest }));
    const resources = withResources(api.resources, edits, saved);
    await host.call('apis.update', { api: String(api.id), resources });
    onClose();
  });
  const { errors } = form.formState;
  const { verbs, authType: auth, scopes: chosen, tier } = form.watch();
  const toggle = (verb: ApiVerb, on: boolean) =>
    form.setValue('verbs', on ? [...verbs, verb] : verbs.filter((one) => one !== verb), { shouldValidate: true });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={edits === undefined ? 'New resource' : keyOf(edits)}
      busy={call.pending}
      onSubmit={call.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" loading={call.pending}>
            {edits === undefined ? 'Add resource' : 'Save resource'}
          </Button>
        </>
      }
    >
      {call.error !== undefined && <Banner tone="danger" title={call.error} />}
      <Field
        label="URI template"
        required
        error={errors.template?.message}
        hint="Behind the context: /orders/{id}, or /orders/* for every path below."
      >
        <TextInput {...form.register('template')} mono placeholder="/orders/{id}" />
      </Field>
      <fieldset className={styles.verbs} aria-label="Verbs">
        {apiVerb.options.map((verb) => (
          <Checkbox key={verb} label={verb} checked={verbs.includes(verb)} onChange={(on) => toggle(verb, on)} />
        ))}
      </fieldset>
      {errors.verbs?.message !== undefined && <Banner tone="danger" title={errors.verbs.message} />}
      <Field label="Tokens" hint={authWords[auth].meaning}>
        <Select options={authOptions} value={auth} onChange={(next) => form.setValue('authType', next)} />
      </Field>
      {auth !== 'None' && (
        <Field
          label="Scopes"
          optional
          error={errors.scopes?.find?.((fault) => fault !== undefined)?.message ?? errors.scopes?.message}
          hint="A token needs one of them."
        >
          <ChipsInput
            value={chosen}
            onChange={(next) => form.setValue('scopes', [...next])}
            check={checkScope}
            nouns={['scope', 'scopes']}
            placeholder="orders:read"
            suggestions={scopes.map(({ name, description }) => ({ value: name, description }))}
          />
        </Field>
      )}
      <TierField
        level="advanced"
        value={tier}
        onChange={(next) => form.setValue('tier', next)}
        error={errors.tier?.message}
        {...(api.tier !== 'Unlimited' && { hint: `Ignored while the API has the tier ${api.tier}.` })}
      />
    </Dialog>
  );
};
