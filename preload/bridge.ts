import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, bridgeName, channels, type HostMessage, type PageMessage } from './contract/bridge.ts';

/** The only object that the page can reach. It uses two channels, and exposes neither `ipcRenderer` nor its events. */
const bridge: Bridge = {
  call: (method, input, number) => ipcRenderer.invoke(channels.call, { method, input, number } satisfies PageMessage),
  cancel: (number) => ipcRenderer.send(channels.call, { number, cancel: true } satisfies PageMessage),
  on(kind, listener) {
    const hear = (_event: IpcRendererEvent, message: HostMessage) => {
      // The kind decides the type of the news, which the compiler cannot follow here.
      if (message.kind === kind) listener(message.news as Parameters<typeof listener>[0]);
    };
    ipcRenderer.on(channels.news, hear);
    return () => {
      ipcRenderer.off(channels.news, hear);
    };
  },
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
