import './theme/tokens.css';
import './theme/base.css';
import { config } from 'zod';

// Turn off zod's compiled code before any schema is created. Its check violates the page's CSP, which reports it.
config({ jitless: true });
const [{ boot }, { openBridgeHost }] = await Promise.all([import('./boot.tsx'), import('./host/bridge.ts')]);
await boot(openBridgeHost);
