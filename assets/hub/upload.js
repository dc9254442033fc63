// A form that sends files can be given them by dropping, and shows how far it is. Without this it sends them all the same.
for (const form of document.querySelectorAll('form[data-upload]')) {
  const input = form.querySelector('input[type=file]');
  const shown = form.querySelector('[data-progress]');
  const bar = shown.querySelector('progress');
  const words = shown.querySelector('[role=status]');
  const button = form.querySelector('button');

  const over = (event, is) => {
    event.preventDefault();
    form.classList.toggle('is-over', is);
  };
  form.addEventListener('dragover', (event) => over(event, true));
  form.addEventListener('dragleave', (event) => over(event, false));
  form.addEventListener('drop', (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const failed = () => {
      words.textContent = words.dataset.failed;
      button.disabled = false;
    };
    request.upload.addEventListener('progress', (at) => {
      if (at.lengthComputable) bar.value = (100 * at.loaded) / at.total;
    });
    request.addEventListener('error', failed);
    request.addEventListener('load', () => {
      if (request.responseURL !== form.action) {
        location.assign(request.responseURL);
        return;
      }
      // A page in place of a redirect says which files were not taken.
      document.open();
      document.write(request.responseText);
      document.close();
    });
    shown.hidden = false;
    button.disabled = true;
    words.textContent = words.dataset.doing;
    request.open('POST', form.action);
    request.send(new FormData(form));
  });
}
