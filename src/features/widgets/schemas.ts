// What the room of widgets takes and gives: an instance, what was counted of it, how it does.
import type { Language } from '../../model/language.ts';

/** A widget that an organization put on its site. */
export type WidgetInstance = {
  /** Stands in the embed code; it opens nothing. */
  readonly key: string;
  readonly organization: string;
  /** The name of its kind: « waste ». */
  readonly widget: string;
  readonly name: string;
  /** Host names, each with its subdomains. */
  readonly hosts: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Who looks after the site. */
  readonly contact: string;
  readonly language: Language;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
};

/** What was counted on one host; `host` is empty when browsers did not say. */
export type HostUse = { readonly host: string; readonly uses: number; readonly lastDay: string };

export type WidgetState = 'waiting' | 'healthy' | 'stale' | 'broken' | 'retired';
/** Why it is broken. */
export type WidgetTrouble = 'dataset' | 'commune' | 'host' | 'widget';

export type WidgetHealth = {
  readonly state: WidgetState;
  readonly trouble: WidgetTrouble | null;
  /** What the trouble is about: the dataset, the commune, the host. */
  readonly about: string | null;
  /** The last day it was seen on a declared host, ISO 8601. */
  readonly lastSeen: string | null;
};

export type WatchedWidget = {
  readonly instance: WidgetInstance;
  readonly health: WidgetHealth;
  /** The last thirty days. */
  readonly uses: readonly HostUse[];
};

export type OrganizationWidgets = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly widgets: readonly WatchedWidget[];
  readonly mayManage: boolean;
};

/** What somebody says to make an instance; nothing of it is trusted yet. */
export type InstanceRequest = {
  readonly widget: string;
  readonly name: string;
  readonly hosts: string;
  readonly contact: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Checked; null for the portal's own. */
  readonly colours: { readonly accent: string | null; readonly ground: string | null };
  readonly language: Language;
};
