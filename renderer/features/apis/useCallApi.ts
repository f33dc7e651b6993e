import type { Api } from '../../../preload/contract/apis.ts';
import { useKeyfob } from '../../store/context.ts';

/** The start of the paths that a template matches. Variables stay as they are: `/orders/{id}`. */
const pathOf = (template: string): string => template.replace(/\/?\*.*$/, '');

/** Gives the action that shows a call of an API in the snippet pane. */
export function useCallApi(): (api: Api) => void {
  const { store } = useKeyfob();
  return ({ url, resources }) => {
    const { layout, snippets } = store.getState();
    const { verb = 'GET', template = '/' } =
      resources.find((resource) => resource.verb === 'GET') ?? resources[0] ?? {};
    snippets.chooseApi({ method: verb, url: `${url}${pathOf(template)}` });
    snippets.chooseCall('api');
    if (!layout.snippetPane) layout.toggleSnippetPane();
  };
}
