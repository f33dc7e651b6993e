// `npm start`: needs a new Node, so this file loads the program only under one.
import { underNewNode } from './system/nodeVersion.mjs';

await underNewNode(() => import('./packaging/startWindow.mjs'));
