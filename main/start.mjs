// `npm start`.
import { underNewNode } from './system/nodeVersion.mjs';

await underNewNode(() => import('./packaging/startWindow.mjs'));
