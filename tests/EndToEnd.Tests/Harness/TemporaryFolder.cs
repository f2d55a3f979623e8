namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>A fresh folder of one test, private to the user who runs it; gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is. The name has a space, since people's folders have.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("gatehouse test ").FullName;

    /// <summary>The path of something in the folder.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A process that was just killed may still hold or write a file; the system clears its temporary folder.
        }
    }
}
