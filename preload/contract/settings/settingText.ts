/** A setting's texts for people. */
export interface SettingText {
  readonly title: string;
  /** One line, for help texts. */
  readonly summary: string;
  /** Its effect, in whole sentences. */
  readonly explanation: string;
  /** For a setting with few values: each value's meaning, the default first. */
  readonly choices?: readonly { readonly value: boolean | string; readonly label: string; readonly meaning: string }[];
}
