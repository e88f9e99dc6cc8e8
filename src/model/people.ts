// The words about people that several places use: how often mail comes, and what an organization is to the territory.

/** How often a person wants to be told. */
export const rhythms = ['never', 'instantly', 'daily', 'weekly'] as const;
export type Rhythm = (typeof rhythms)[number];

/** Where an organization is on its way into the territory's common work. */
export const membershipStates = ['invited', 'requested', 'verified', 'signed', 'active', 'suspended', 'left'] as const;
export type Membership = (typeof membershipStates)[number];
