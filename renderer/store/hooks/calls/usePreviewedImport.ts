import { useState } from 'react';
import type { InputOf, OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { type ChosenDocument, documentOf } from '../../core/document.ts';
import { asKeyfobError, faultAt } from '../../core/resource.ts';
import { useCall } from './useCall.ts';

type Import = 'apis.importOpenApi' | 'imports.application';

interface PreviewedImport<N extends Import, Source extends ChosenDocument> {
  /** The values of the empty form. */
  readonly nothing: Source;
  readonly inputOf: (source: Source, shared: { file: string; preview: boolean }) => InputOf<MethodOf<N>>;
  readonly onImported: (done: OutputOf<MethodOf<N>>) => void;
}

/**
 * The state of a dialog that previews an import before it runs: the values of its form, the preview, and the faults of fields and
 * dialog. `dialog` has the properties of a `PreviewDialog`.
 */
export function usePreviewedImport<N extends Import, Source extends ChosenDocument>(
  name: N,
  { nothing, inputOf, onImported }: PreviewedImport<N, Source>,
) {
  const importing = useCall(name);
  const [source, setSource] = useState(nothing);
  const [preview, setPreview] = useState<OutputOf<MethodOf<N>>>();
  const [unreadable, setUnreadable] = useState<string>();
  const faults = importing.error?.details.fields ?? [];
  const isAtField = preview === undefined && faults.some(({ path }) => path in source);

  const run = async (asPreview: boolean) => {
    try {
      return await importing.run(inputOf(source, { file: await documentOf(source), preview: asPreview }));
    } catch (error) {
      setUnreadable(asKeyfobError(error).message);
      return undefined;
    }
  };
  const submit = async () => {
    if (preview === undefined) {
      setPreview(await run(true));
      return;
    }
    const done = await run(false);
    if (done !== undefined) onImported(done);
  };
  return {
    source,
    preview,
    faultAt: (path: string) => faultAt(importing.error, path),
    change: (patch: Partial<Source>) => {
      setUnreadable(undefined);
      importing.reset();
      setSource((before) => ({ ...before, ...patch }));
    },
    dialog: {
      previewed: preview !== undefined,
      busy: importing.pending,
      fault: unreadable ?? (isAtField ? undefined : importing.error?.message),
      onSubmit: () => void submit(),
      onBack: () => setPreview(undefined),
    },
  };
}
