// `npm start`.
import { underNewNode } from './nodeVersion.mjs';

await underNewNode(() => import('./startWindow.mjs'));
