// A click on the picture says what must stay visible; the number fields say the same without it.
for (const figure of document.querySelectorAll('[data-focal]')) {
  const image = figure.querySelector('img');
  const fields = ['focal.x', 'focal.y'].map((name) => document.querySelector(`[name="${name}"]`));
  if (fields.some((field) => !field)) continue;
  const mark = document.createElement('span');
  mark.className = 'focal-mark';
  mark.ariaHidden = 'true';
  figure.append(mark);
  figure.classList.add('is-clicked');

  const place = () => {
    const [x, y] = fields.map((field) => parseFloat(field.value));
    mark.hidden = Number.isNaN(x) || Number.isNaN(y);
    mark.style.left = `${image.offsetLeft + (image.clientWidth * x) / 100}px`;
    mark.style.top = `${image.offsetTop + (image.clientHeight * y) / 100}px`;
  };
  image.addEventListener('click', (event) => {
    const box = image.getBoundingClientRect();
    const part = (at, from, size) => (Math.min(1, Math.max(0, (at - from) / size)) * 100).toFixed(1);
    fields[0].value = part(event.clientX, box.left, box.width);
    fields[1].value = part(event.clientY, box.top, box.height);
    place();
  });
  for (const field of fields) field.addEventListener('input', place);
  addEventListener('resize', place);
  image.addEventListener('load', place);
  place();
}
