// Passkeys: the one part of signing in that needs a script. Shows itself where the browser knows them; says so when it fails.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

async function ask(path, body) {
  const answer = await fetch(`/api/auth/passkey/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    credentials: 'same-origin',
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const known = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function register(name) {
  const options = await ask(`generate-register-options?name=${encodeURIComponent(name)}`);
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });
  const { response } = credential;
  await ask('verify-registration', {
    name,
    response: {
      ...common(credential),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        attestationObject: toText(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    },
  });
}

async function signIn() {
  const options = await ask('generate-authenticate-options');
  const credential = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
  });
  const { response } = credential;
  await ask('verify-authentication', {
    response: {
      ...common(credential),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
        userHandle: response.userHandle ? toText(response.userHandle) : undefined,
      },
    },
  });
}

function common(credential) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  };
}

for (const part of window.PublicKeyCredential ? document.querySelectorAll('[data-passkey]') : []) {
  const failed = part.querySelector('[data-failed]');
  const button = part.querySelector('button');
  part.hidden = false;
  button.addEventListener('click', async () => {
    failed.hidden = true;
    button.disabled = true;
    try {
      if (part.dataset.passkey === 'register') {
        await register(part.querySelector('input').value.trim());
        location.assign('/account?done=saved');
      } else {
        await signIn();
        location.assign(part.dataset.next);
      }
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  });
}
