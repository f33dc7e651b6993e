import { countOf } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { listed } from '../names.ts';
import { SetNameDialog } from './SetNameDialog.tsx';
import type { useDeviceSets } from './useDeviceSets.ts';

interface SetDialogsProps {
  readonly sets: ReturnType<typeof useDeviceSets>;
}

/** Asks for the name of a set that is saved or renamed. */
export const SetDialogs = ({ sets }: SetDialogsProps) => {
  const { saving, renaming } = sets;
  if (saving !== undefined) {
    const { devices, scope, validitySeconds } = saving;
    const what = [
      `Keeps ${listed(devices)} in this order`,
      ...(scope === '' ? [] : [`the extra scopes ${scope}`]),
      ...(validitySeconds === undefined ? [] : [`the lifetime ${formatDuration(validitySeconds)}`]),
    ];
    return (
      <SetNameDialog
        title={`Save ${countOf(devices.length, 'device')} as a set`}
        description={`${what.join(', ')}.`}
        confirmLabel="Save set"
        failure="The set was not saved."
        lossOf={sets.lossOf}
        onConfirm={sets.saveUnder}
        onClose={() => sets.setSaving(undefined)}
      />
    );
  }
  return renaming === undefined ? null : (
    <SetNameDialog
      title={`Rename ${renaming.name}`}
      name={renaming.name}
      confirmLabel="Rename set"
      failure="The set was not renamed."
      onConfirm={sets.rename}
      onClose={() => sets.setRenaming(undefined)}
    />
  );
};
