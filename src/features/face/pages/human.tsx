// Every page ends with a human: who answers, how, and how soon; and the photo that an organization chose.
import type { Voice } from '../../../web/language.ts';
import { urls } from '../../../web/urls.ts';
import type { Face } from '../schemas.ts';

type HumanProps = { readonly face: Face | null; readonly slug: string | null; readonly voice: Voice };

export function Human({ face, slug, voice }: HumanProps) {
  const known = face !== null && (face.contactName ?? face.contactEmail ?? face.contactPhone) !== null;
  if (!known && slug === null) return null;
  return (
    <section aria-labelledby="human" class="human">
      <h2 id="human">{voice.say(known ? 'face.human' : 'face.human.ask')}</h2>
      {known ? (
        <address>
          {face.contactName !== null && <strong>{face.contactName}</strong>}
          {face.contactPhone !== null && (
            <a href={`tel:${face.contactPhone.replace(/[^+\d]/g, '')}`}>{face.contactPhone}</a>
          )}
          {face.contactEmail !== null && <a href={`mailto:${face.contactEmail}`}>{face.contactEmail}</a>}
          {face.contactDelay !== null && <span>{voice.say('face.human.delay', { delay: face.contactDelay })}</span>}
        </address>
      ) : (
        slug !== null && (
          <p>
            {voice.say('face.human.none')}{' '}
            <a href={urls.joinOrganization(slug)} rel="nofollow">
              {voice.say('face.human.join')}
            </a>
          </p>
        )
      )}
    </section>
  );
}

export function FacePhoto({ face, voice }: { readonly face: Face; readonly voice: Voice }) {
  if (!face.photo) return null;
  return (
    <figure class="face-photo">
      <img src={urls.facePicture(face.owner, 'photo', face.revision)} alt={face.photoText ?? ''} lang={voice.written} />
      {face.photoCredit !== null && <figcaption lang={voice.written}>{face.photoCredit}</figcaption>}
    </figure>
  );
}
