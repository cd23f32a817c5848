using System.Globalization;
using System.Net;

namespace ConnectLoad;

/// <summary>Words of the command line: positional ones in order, options as <c>--name value</c> anywhere.</summary>
internal sealed class Arguments
{
    private readonly List<string> _positional = [];
    private readonly Dictionary<string, string> _options = [];

    /// <summary>Sorts the words.</summary>
    /// <exception cref="UsageException">An option has no value.</exception>
    public Arguments(ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                _positional.Add(words[i]);
                continue;
            }

            string name = words[i];
            _options[name] = ++i < words.Length ? words[i] : throw new UsageException($"{name} needs a value");
        }
    }

    /// <summary>Reads an address and a port.</summary>
    /// <exception cref="UsageException">They are none.</exception>
    public static IPEndPoint EndPoint(string address, string port)
    {
        if (!IPAddress.TryParse(address, out IPAddress? ip))
        {
            throw new UsageException($"'{address}' is not an IP address");
        }

        int number = Number(port, "port");
        return number <= IPEndPoint.MaxPort
            ? new IPEndPoint(ip, number)
            : throw new UsageException($"'{port}' is not a port");
    }

    /// <summary>The address and port at two positions.</summary>
    public IPEndPoint EndPointAt(int position) => EndPoint(At(position, "ADDRESS"), At(position + 1, "PORT"));

    /// <summary>The number at a position.</summary>
    public int NumberAt(int position, string name) => Number(At(position, name), name);

    /// <summary>The number given with an option, or a default.</summary>
    public int Option(string name, int otherwise) =>
        _options.TryGetValue(name, out string? value) ? Number(value, name) : otherwise;

    private static int Number(string word, string name) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new UsageException($"{name}: '{word}' is not a number");

    private string At(int position, string name) =>
        position < _positional.Count ? _positional[position] : throw new UsageException($"{name} is missing");
}
