using System.Security.Cryptography;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>The one key: made at the first start, strong, its owner's alone, and of one database (T118).</summary>
public sealed class MasterKeyTests
{
    [Fact]
    public async Task First_start_makes_a_key_that_only_its_owner_reads()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var file = Path.Combine(server.DataDirectory, "master.key");
        Assert.NotNull(MasterKey.Parse(new Secret(await File.ReadAllTextAsync(file))));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory, EveryDatabase]
    public async Task Wrong_key_for_a_database_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mistake = await Assert.ThrowsAsync<MistakenStart>(
            () => server.StartTwin(("MasterKey", MasterKey.Generate().Reveal())));
        Assert.StartsWith("MasterKey (or MasterKeyFile)", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Weak_key_in_the_file_is_refused(string text)
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-key-");
        File.WriteAllText(Path.Combine(folder.FullName, "master.key"), text);
        var settings = new Settings { DataDirectory = folder.FullName };
        var mistake = Assert.Throws<MistakenStart>(() => Installation.LoadMasterKey(settings));
        folder.Delete(recursive: true);
        Assert.StartsWith("MasterKey: ", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealed_text_opens_in_its_own_place_only()
    {
        var key = MasterKey.Parse(MasterKey.Generate())!;
        var box = key.Seal("plain"u8, "here");
        Assert.Equal("plain"u8.ToArray(), key.Open(box, "here"));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(box, "there"));
        Assert.ThrowsAny<CryptographicException>(() => MasterKey.Parse(MasterKey.Generate())!.Open(box, "here"));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(box.AsSpan(0, 10), "here"));
        for (var i = 0; i < box.Length; i++)
        {
            var forged = box.ToArray();
            forged[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Open(forged, "here"));
        }
    }

    [Fact]
    public void Each_purpose_has_a_hash_of_its_own()
    {
        var key = MasterKey.Parse(MasterKey.Generate())!;
        var hashes = Enum.GetValues<HashPurpose>().Select(purpose => Convert.ToHexString(key.Hash(purpose, "text")));
        Assert.Distinct(hashes);
    }
}
