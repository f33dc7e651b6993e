import './theme/tokens.css';
import './theme/base.css';
import { config } from 'zod';

// zod would try whether it may compile code, which the page's CSP forbids and reports; so before any schema is made.
config({ jitless: true });
const [{ boot }, { openBridgeHost }] = await Promise.all([import('./boot.tsx'), import('./host/bridge.ts')]);
await boot(openBridgeHost);
