using System.Text;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Configs;

/// <summary>Values of variables under the master key.</summary>
internal static class ConfigSeal
{
    /// <summary>The value in clear.</summary>
    public static Secret OpenWith(this AppConfig config, MasterKey key) => new(Encoding.UTF8.GetString(
        key.Open(config.SealedValue, AppConfig.SealContext(config.AppId, config.Name))));

    /// <summary>A variable whose value only the master key opens.</summary>
    public static AppConfig Seal(this MasterKey key, Guid appId, string name, Secret value, DateTime now) => new()
    {
        AppId = appId,
        Name = name,
        SealedValue = key.Seal(Encoding.UTF8.GetBytes(value.Reveal()), AppConfig.SealContext(appId, name)),
        ChangedAt = now,
    };

    /// <summary>How many bytes a variable counts.</summary>
    public static int SizeOf(string name, Secret value) => name.Length + Encoding.UTF8.GetByteCount(value.Reveal());
}
