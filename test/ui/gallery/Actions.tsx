import { Copy, MoreHorizontal, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { Button } from '../../../renderer/ui/buttons/Button.tsx';
import { IconButton } from '../../../renderer/ui/buttons/IconButton.tsx';
import { Kbd } from '../../../renderer/ui/buttons/Kbd.tsx';
import { Spinner } from '../../../renderer/ui/buttons/Spinner.tsx';
import { Badge } from '../../../renderer/ui/facts/Badge.tsx';
import { StateChip } from '../../../renderer/ui/facts/StateChip.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import { Menu } from '../../../renderer/ui/overlays/Menu.tsx';
import styles from './gallery.module.css';

const nothing = () => undefined;

export const Actions = () => (
  <Section
    title="Actions and states"
    description="Buttons, menus, chips"
    actions={<Button size="small">Beside</Button>}
  >
    <div className={styles.stack}>
      <div className={styles.row}>
        <Button look="primary" icon={Plus}>
          Create application
        </Button>
        <Button icon={RefreshCw}>Regenerate</Button>
        <Button look="ghost">Cancel</Button>
        <Button look="danger" icon={Trash2}>
          Delete
        </Button>
        <Button look="primary" loading>
          Minting
        </Button>
        <Button look="primary" disabled>
          Disabled
        </Button>
        <Button disabled>Disabled</Button>
        <Button size="small">Small</Button>
        <Button size="large" look="primary">
          Large
        </Button>
      </div>
      <div className={styles.row}>
        <IconButton icon={Pencil} name="Edit" />
        <IconButton icon={Copy} name="Copy" look="secondary" />
        <IconButton icon={Trash2} name="Delete" look="danger" />
        <IconButton icon={RefreshCw} name="Refresh" loading />
        <IconButton icon={Trash2} name="Not now" disabled />
        <Menu
          trigger={<IconButton icon={MoreHorizontal} name="More actions" />}
          groups={[
            [
              { label: 'Edit', icon: Pencil, shortcut: 'F2', onSelect: nothing },
              { label: 'Copy token', icon: Copy, shortcut: 'Mod+Shift+C', onSelect: nothing },
              { label: 'Not available', disabled: true, onSelect: nothing },
            ],
            [{ label: 'Revoke', icon: Trash2, danger: true, onSelect: nothing }],
          ]}
        />
        <Kbd keys="Mod+K" />
        <Kbd keys="Mod+Enter" />
        <Spinner />
      </div>
      <div className={styles.row}>
        <StateChip state="ACTIVE" />
        <StateChip state="ACTIVE" overdue />
        <StateChip state="INACTIVE" />
        <StateChip state="EXPIRED" />
        <StateChip state="REVOKED" />
        <Badge tone="accent">3 devices</Badge>
        <Badge tone="info">info</Badge>
        <Badge mono>device_ipad</Badge>
        <Badge mono tone="accent">
          read:orders
        </Badge>
      </div>
    </div>
  </Section>
);
