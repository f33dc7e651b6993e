import { createContext, useContext } from 'react';

interface FieldParts {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

export const FieldContext = createContext<FieldParts | undefined>(undefined);

/** What a control that is one element (input, select trigger, switch) takes from the field around it. */
export const useFieldControl = () => {
  const field = useContext(FieldContext);
  if (field === undefined) return {};
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
    'aria-required': field.required || undefined,
  };
};

/**
 * What a button that shows its value takes from the field around it, or from `label` outside of one: its name is the label
 * and the value, as screen readers read no value of a button.
 */
export const useFieldValueButton = (label: string | undefined, shown: string) => {
  const field = useContext(FieldContext);
  const control = useFieldControl();
  if (label !== undefined) return { ...control, 'aria-label': `${label}: ${shown}` };
  return { ...control, ...(field !== undefined && { 'aria-labelledby': `${field.labelId} ${field.id}` }) };
};

/** What a control made of several elements (radio cards, segments) takes from the field around it. */
export const useFieldGroup = () => {
  const field = useContext(FieldContext);
  if (field === undefined) return {};
  return { id: field.id, 'aria-labelledby': field.labelId, 'aria-describedby': field.describedBy };
};
