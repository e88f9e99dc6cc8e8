// Beside the link that saves a chart as SVG, another that saves it as PNG: made in the browser, nothing is sent.
const link = document.querySelector<HTMLAnchorElement>('a[data-picture]');
if (link !== null) offerPng(link);

/** Twice the size, so that it stays sharp in a document. */
const scale = 2;

function offerPng(svgLink: HTMLAnchorElement): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = svgLink.dataset['picture'] ?? 'PNG';
  button.addEventListener('click', () => void savePng(svgLink.href));
  svgLink.after(' · ', button);
}

async function savePng(address: string): Promise<void> {
  const svg = await (await fetch(address)).text();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  const drawing = canvas.getContext('2d');
  if (drawing === null) return;
  drawing.fillStyle = '#ffffff';
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (blob === null) return;
    const file = document.createElement('a');
    file.href = URL.createObjectURL(blob);
    file.download = `${new URL(address, location.href).searchParams.get('x') ?? 'chart'}.png`;
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
  });
}
