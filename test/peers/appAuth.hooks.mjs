// AppAuth-JS publishes modules for bundlers: their imports have no file extension. Node needs one.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isBare = specifier.startsWith('.') && context.parentURL?.includes('/@openid/appauth/');
    return next(isBare ? `${specifier}.js` : specifier, context);
  },
});
