using System.Text;

namespace Gatehouse.Cli.Storage;

/// <summary>The netrc file on disk: read as a whole, changed under a lock, replaced in one step.</summary>
internal sealed class NetrcFile(Surroundings surroundings)
{
    /// <summary>Where it is (<c>$NETRC</c>, else in the home directory).</summary>
    public string Path => surroundings.NetrcPath;

    /// <summary>What it says now; an absent file says nothing.</summary>
    public Netrc Read() => Parse(PrivateFile.Read(Path) ?? []);

    /// <summary>Keeps the credentials for this machine, in the place of the ones it had.</summary>
    public Task Store(string machine, Credentials credentials, CancellationToken cancelled) =>
        Change(netrc => netrc.With(machine, credentials), cancelled);

    /// <summary>Forgets the entries of this machine that belong to this e-mail address.</summary>
    public Task Remove(string machine, string email, CancellationToken cancelled) =>
        Change(netrc => netrc.Without(machine, email), cancelled);

    private Task Change(Func<Netrc, Netrc> edit, CancellationToken cancelled) => PrivateFile.Change(
        Path, before => Encoding.Latin1.GetBytes(edit(Parse(before)).ToString()), surroundings, cancelled);

    private static Netrc Parse(byte[] content) => new(Encoding.Latin1.GetString(content));
}
