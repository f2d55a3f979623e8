using System.Text;
using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Storage;

/// <summary>A sign-up that has begun: kept until it ends, so that a closed terminal loses nothing.</summary>
/// <param name="Server">Where it was begun.</param>
/// <param name="Uuid">What the server calls it. Whoever has it may go on with it.</param>
internal sealed record PendingSignUp(ServerAddress Server, string Uuid)
{
    /// <summary>The one that was left, or null.</summary>
    public static PendingSignUp? Read(Surroundings surroundings)
    {
        var path = PathIn(surroundings);
        var lines = Encoding.UTF8.GetString(PrivateFile.Read(path) ?? []).Split('\n');
        return lines is [var server, { Length: > 0 } uuid, ..]
            ? new PendingSignUp(ServerAddress.Parse(server, path), uuid)
            : null;
    }

    /// <summary>Keeps this one, in the place of an older one.</summary>
    public Task Save(Surroundings surroundings, CancellationToken cancelled) =>
        PrivateFile.Change(
            PathIn(surroundings), _ => Encoding.UTF8.GetBytes($"{Server}\n{Uuid}\n"), surroundings, cancelled);

    /// <summary>There is nothing to go on with any more.</summary>
    public static void Forget(Surroundings surroundings) => File.Delete(PathIn(surroundings));

    private static string PathIn(Surroundings surroundings) => Path.Combine(surroundings.StateDirectory, "signup");
}
