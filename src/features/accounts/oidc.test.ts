// Who a provider says that somebody is: Keycloak's words, ProConnect's words, and words that are missing.
import { expect, test } from 'vitest';
import { readProfile } from './oidc.ts';

test('Keycloak tells a whole name and that the address is verified', () => {
  const claims = {
    sub: '1',
    email: 'A.Martin@Example.org',
    email_verified: true,
    name: 'Ada Martin',
    given_name: 'Ada',
  };
  expect(readProfile(claims)).toEqual({
    sub: '1',
    email: 'a.martin@example.org',
    emailVerified: true,
    name: 'Ada Martin',
  });
});

test('ProConnect tells a usual name, and nothing of whether the address is verified', () => {
  const claims = { sub: '2', email: 'b@gouv.example', given_name: 'Béa', usual_name: 'Durand' };
  expect(readProfile(claims)).toEqual({ sub: '2', email: 'b@gouv.example', emailVerified: false, name: 'Béa Durand' });
});

test('whoever has no address or no identifier there is nobody here', () => {
  expect(readProfile({ sub: '3' })).toBeNull();
  expect(readProfile({ email: 'c@example.org' })).toBeNull();
  expect(readProfile({ sub: 3, email: ['c@example.org'] })).toBeNull();
});
