using System.IO.Compression;
using System.Text;

namespace BpfCore.Kernel;

/// <summary>The configuration that the running kernel was built with.</summary>
public sealed class KernelConfig
{
    private const string OptionPrefix = "CONFIG_";

    private KernelConfig(string source, IReadOnlyDictionary<string, string> options)
    {
        Source = source;
        Options = options;
    }

    /// <summary>The file it was read from.</summary>
    public string Source { get; }

    /// <summary>
    /// The options that are set, with their values as the file has them: <c>y</c>, <c>m</c>, a number, or a text in
    /// quotes. Options that are not set are absent.
    /// </summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>
    /// Reads the configuration of the running kernel, the first that there is of <c>/boot/config-RELEASE</c>,
    /// <c>/proc/config.gz</c> (<c>CONFIG_IKCONFIG_PROC</c>) and the files of <c>/lib/modules/RELEASE</c>.
    /// </summary>
    /// <exception cref="KernelFeatureException">There is none.</exception>
    public static KernelConfig Read() => Read(KernelFiles.Host);

    /// <summary>Reads a configuration from the text of a <c>.config</c> file.</summary>
    /// <param name="text">
    /// Lines <c>CONFIG_NAME=VALUE</c>, where a value is <c>y</c>, <c>n</c>, <c>m</c>, a number or a text in quotes. Of
    /// several lines about one option the first counts. Lines that begin otherwise are passed over.
    /// </param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="BpfFormatException">A line begins with <c>CONFIG_</c>, but sets nothing.</exception>
    public static KernelConfig Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        int offset = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan()[range];
            if (line.StartsWith(OptionPrefix))
            {
                int separator = line.IndexOf('=');
                if (separator < 0 || separator == line.Length - 1)
                {
                    throw new BpfFormatException(
                        source, section: null, offset, $"'{line}', expected CONFIG_NAME=VALUE");
                }

                options.TryAdd(line[..separator].ToString(), line[(separator + 1)..].ToString());
            }

            offset += line.Length + 1;
        }

        return new KernelConfig(source, options);
    }

    internal static KernelConfig Read(KernelFiles files)
    {
        string release = files.Read("proc/sys/kernel/osrelease").Trim();
        string[] places =
        [
            $"boot/config-{release}",
            "proc/config.gz",
            $"lib/modules/{release}/config",
            $"lib/modules/{release}/build/.config",
        ];
        foreach (string place in places)
        {
            if (files.TryReadBytes(place) is { } bytes)
            {
                return Parse(Text(bytes), files.PathOf(place));
            }
        }

        throw new KernelFeatureException(
            "kernel configuration",
            $"none of {string.Join(", ", places.Select(files.PathOf))} can be read; " +
            "load the module `configs`, or install the file that belongs to the kernel");
    }

    // Any of the places may hold a plain or a compressed file; the first two bytes tell.
    private static string Text(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using GZipStream unpacked = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using StreamReader reader = new(unpacked, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
