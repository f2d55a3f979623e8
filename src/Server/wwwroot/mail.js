// Says when new mail has come, without taking the page away from whoever reads it. An empty mailbox shows it at once.
const newest = document.querySelector("article [id^=mail-]")?.id;

async function look() {
  const page = await fetch("/dev/mail").then(answer => answer.text()).catch(() => "");
  const found = page.match(/id="(mail-[^"]+)"/)?.[1];
  if (!found || found === newest) return;
  if (newest) document.getElementById("new-mail").hidden = false;
  else location.reload();
}

setInterval(look, 3000);
