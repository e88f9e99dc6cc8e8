// What enters and leaves the discovery room: what a picture to share shows.

/** A picture's right side: what the data says, or where it is. */
export type Visual =
  | { readonly kind: 'bars'; readonly title: string; readonly bars: readonly Bar[] }
  | {
      readonly kind: 'course';
      readonly title: string;
      readonly line: boolean;
      readonly points: readonly Bar[];
    }
  | { readonly kind: 'places'; readonly points: readonly { readonly lon: number; readonly lat: number }[] }
  | { readonly kind: 'territory'; readonly drawing: PictureTerritory; readonly current: string | null }
  | { readonly kind: 'columns'; readonly titles: readonly string[] };

/** A value with how it is called and written. */
export type Bar = { readonly label: string; readonly value: number; readonly text: string };

export type PictureTerritory = {
  readonly width: number;
  readonly height: number;
  readonly border: string;
  readonly communes: readonly { readonly insee: string; readonly path: string; readonly tone: number }[];
};

export type PictureFacts = {
  /** From whom, above the title. */
  readonly kicker: string;
  readonly title: string;
  readonly figure: { readonly value: string; readonly label: string } | null;
  readonly visual: Visual | null;
  readonly site: string;
  /** The address of the portal, without its protocol. */
  readonly host: string;
  /** The outline of the territory. */
  readonly mark: { readonly path: string; readonly width: number; readonly height: number } | null;
};
