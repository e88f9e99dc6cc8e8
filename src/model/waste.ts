// The words of waste collection: streams, rounds, exceptions, the rule for public holidays, and what comes of them day by day.

/** A day of the calendar as ISO 8601 writes it: "2025-05-01". It has no hour and no zone: it is the day in Paris. */
export type Day = string;

/** A day of every year: "04-01". */
export type MonthDay = string;

export type WasteStream = {
  readonly code: string;
  /** What people call it: « bac jaune ». */
  readonly label: string;
  readonly colour: string | null;
};

/** Both ends are in it; a season may run over the turn of the year ("11-01" to "03-31"). */
export type Season = { readonly from: MonthDay; readonly to: MonthDay };

/** Parity is that of the ISO 8601 week number, which is the one that French calendars print. */
export type WeekParity = 'all' | 'even' | 'odd';

export type CollectionRound = {
  /** Null: every sector of the calendar. */
  readonly sector: string | null;
  readonly stream: string;
  /** RFC 5545 ("FREQ=WEEKLY;BYDAY=TH"); null when the round has only dates of its own. */
  readonly rrule: string | null;
  /** The day from which intervals are counted; nothing happens before it. */
  readonly start: Day | null;
  /** The last day on which the round may happen. */
  readonly until: Day | null;
  readonly weeks: WeekParity;
  readonly season: Season | null;
  /** Days added one by one. */
  readonly dates: readonly Day[];
  /** « 06:00-13:00 », as people write it. */
  readonly timeWindow: string | null;
};

/** Wins over the rule. A null date adds a collection; a null newDate cancels one. */
export type CollectionException = {
  readonly date: Day | null;
  readonly newDate: Day | null;
  readonly sector: string | null;
  readonly stream: string | null;
  readonly reason: string;
};

export const holidayZones = ['metropole', 'alsace-moselle'] as const;
export type HolidayZone = (typeof holidayZones)[number];

/**
 * What a public holiday does to collections:
 * collected (nothing), cancelled (none that day), day-after and day-before (that day's collections move),
 * rest-of-week (those of the holiday and of the days after it in the week move to the next day).
 */
export const holidayRuleKinds = ['collected', 'cancelled', 'day-after', 'day-before', 'rest-of-week'] as const;
export type HolidayRuleKind = (typeof holidayRuleKinds)[number];

export type HolidayRule = {
  readonly kind: HolidayRuleKind;
  /** The last weekday on which bins are collected: 1 Monday to 7 Sunday. */
  readonly lastWeekday: number;
  readonly zone: HolidayZone;
  /** The holidays on which nobody works ("05-01" or a name such as "ascension"); null: all of them. */
  readonly observed: readonly string[] | null;
};

/** Dates that a published calendar gives one by one: they are final, the rule for holidays does not touch them. */
export type DatedCollection = {
  readonly date: Day;
  readonly sector: string | null;
  readonly stream: string;
  /** The day on which it would usually be, and why it is not, when the calendar says so. */
  readonly usual: Day | null;
  readonly reason: string | null;
};

export type WasteCalendar = {
  readonly streams: readonly WasteStream[];
  readonly rounds: readonly CollectionRound[];
  readonly exceptions: readonly CollectionException[];
  /** Null: nobody has said; a collection that falls on a holiday then asks for an exception. */
  readonly holidayRule: HolidayRule | null;
  readonly days: readonly DatedCollection[];
};

export type Holiday = { readonly date: Day; readonly code: string; readonly fr: string; readonly en: string };

export type Change =
  | { readonly kind: 'holiday'; readonly holiday: Holiday }
  | { readonly kind: 'exception'; readonly reason: string };

export type Collection = {
  /** The day on which bins are collected. */
  readonly date: Day;
  /** The day that the rule gives; null for a collection that an exception adds. */
  readonly planned: Day | null;
  readonly stream: string;
  readonly sector: string | null;
  /** Why it is not on its usual day, null when it is. */
  readonly change: Change | null;
  readonly timeWindow: string | null;
};

/** A collection that does not happen. */
export type Cancellation = {
  readonly planned: Day;
  readonly stream: string;
  readonly sector: string | null;
  readonly change: Change;
};
