import { createContext, useContext } from 'react';

interface FieldParts {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}

export const FieldContext = createContext<FieldParts | undefined>(undefined);

/** The attributes that a control of one element takes from its field. */
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
 * The attributes of a button that shows its value, from its field or from `label`. Its name is the label and the value,
 * as screen readers read no value of a button.
 */
export const useFieldValueButton = (label: string | undefined, shown: string) => {
  const field = useContext(FieldContext);
  const control = useFieldControl();
  if (label !== undefined) return { ...control, 'aria-label': `${label}: ${shown}` };
  return { ...control, ...(field !== undefined && { 'aria-labelledby': `${field.labelId} ${field.id}` }) };
};

/** The attributes that a control of several elements (radio cards, segments) takes from its field. */
export const useFieldGroup = () => {
  const field = useContext(FieldContext);
  if (field === undefined) return {};
  return { id: field.id, 'aria-labelledby': field.labelId, 'aria-describedby': field.describedBy };
};
