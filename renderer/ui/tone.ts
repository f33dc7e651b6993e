/** What a badge, banner, toast or event feels like; the colours are in theme/base.css by `data-tone`. */
export type Tone = 'neutral' | 'good' | 'warn' | 'danger' | 'info' | 'accent';
