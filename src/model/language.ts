// The languages people read the platform in; French first.
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** One sentence in every language of the platform. */
export type Sentence = Readonly<Record<Language, string>>;
