// The tables of widgets, as queries see them; made by migrations/0080-widgets.ts.
import type { ColumnType, Generated } from 'kysely';
import type { Language } from '../../model/language.ts';

export type WidgetInstanceTable = {
  key: string;
  organization: string;
  widget: string;
  name: string;
  hosts: readonly string[];
  attributes: ColumnType<Readonly<Record<string, string>>, string, string>;
  contact: string;
  language: Language;
  created_by: string;
  created_at: Date;
  retired_at: Generated<Date | null>;
  told: Generated<string | null>;
  told_at: Generated<Date | null>;
};

export type WidgetUseTable = {
  key: string;
  /** ISO 8601. */
  day: string;
  host: string;
  uses: ColumnType<string, number, number>;
};

export type WidgetTables = { widget_instance: WidgetInstanceTable; widget_use: WidgetUseTable };
