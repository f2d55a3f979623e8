// The script of a web page that was made for the original service, call by call as its documentation has it: only the
// host is another one. The page is on an origin of its own, `host` and `jwt` are what it would have in its code.

const handleRegister = (host, username, password, email) => {
    const data = new FormData();
    data.append("username", username);
    data.append("password", password);
    data.append("email_address", email);
    ask("POST", `${host}/v2/auth/register`, null, data);
};

const handleLogin = (host, username, password) => {
    fetch(`${host}/v2/auth/login`, {
        method: "POST",
        headers: {
            "Content-Type": "text/plain"
        },
        body: JSON.stringify({
            "username": username.toString(),
            "password": password.toString()
        })
    }).then(res => res.json()).then(response => {
        if (response.expire) {
            console.log(response.token.toString());
        }
    }).catch(error => console.error("#" + error));
};

const handleChangePassword = (host, jwt, oldPassword, newPassword) => {
    const data = new FormData();
    data.append("old_password", oldPassword);
    data.append("new_password", newPassword);
    ask("POST", `${host}/v2/account/password/change`, jwt, data);
};

const handleUpgrade = (host, jwt) => ask("POST", `${host}/v2/account/upgrade`, jwt);

const handleCredits = (host, jwt) => ask("GET", `${host}/v2/account/credits/available`, jwt);

function ask(method, address, jwt, data) {
    const xhr = new XMLHttpRequest();
    xhr.withCredentials = false;
    xhr.addEventListener("readystatechange", function () {
        if (xhr.readyState === 4) {
            const result = JSON.parse(xhr.responseText);
            if (result.code === 200) {
                console.log(result);
            } else {
                console.error(xhr.responseText);
            }
        }
    });
    xhr.open(method, address);
    xhr.setRequestHeader("Cache-Control", "no-cache");
    if (jwt) {
        xhr.setRequestHeader("Authorization", "Bearer " + jwt);
    }
    xhr.send(data);
}
