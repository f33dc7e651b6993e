/** The row with the values of a patch. An absent value, or `undefined`, keeps the row's. */
export const patched = <Row extends object>(
  row: Row,
  patch: { readonly [Name in keyof Row]?: Row[Name] | undefined },
): Row => ({ ...row, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) });
