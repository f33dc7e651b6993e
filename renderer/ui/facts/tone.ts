/** The tone of a badge, banner, toast or event. theme/base.css has its colours by `data-tone`. */
export type Tone = 'neutral' | 'good' | 'warn' | 'danger' | 'info' | 'accent';
