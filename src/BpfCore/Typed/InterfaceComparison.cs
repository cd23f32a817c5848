namespace BpfCore.Typed;

/// <summary>Compares two texts of <see cref="InterfaceText"/> and tells the first difference.</summary>
internal static class InterfaceComparison
{
    private const string Nothing = "nothing";

    /// <summary>Throws unless an object has every part that is expected, as it is expected.</summary>
    /// <param name="input">Name of the object.</param>
    /// <param name="expected">The parts that must be there.</param>
    /// <param name="found">What is there; it may be more.</param>
    public static void ThrowIfDifferent(string input, string expected, string found)
    {
        if (string.Equals(expected, found, StringComparison.Ordinal))
        {
            return;
        }

        Dictionary<string, InterfacePart> present = [];
        foreach (InterfacePart part in InterfacePart.Read(found))
        {
            present.TryAdd(part.Label, part);
        }

        foreach (InterfacePart part in InterfacePart.Read(expected))
        {
            if (!present.TryGetValue(part.Label, out InterfacePart? actual))
            {
                throw new BpfLayoutException(input, part.Label, null, part.Shape, Nothing);
            }

            ThrowIfDifferent(input, part, actual);
        }
    }

    // Fields first: they say more than the size of the whole.
    private static void ThrowIfDifferent(string input, InterfacePart expected, InterfacePart found)
    {
        foreach ((string member, string shape) in expected.Members)
        {
            string actual = found.Members.GetValueOrDefault(member, Nothing);
            ThrowIfDifferent(input, expected.Label, member, shape, actual);
        }

        foreach ((string member, string shape) in found.Members)
        {
            string wanted = expected.Members.GetValueOrDefault(member, Nothing);
            ThrowIfDifferent(input, expected.Label, member, wanted, shape);
        }

        ThrowIfDifferent(input, expected.Label, null, expected.Shape, found.Shape);
    }

    private static void ThrowIfDifferent(string input, string part, string? member, string expected, string found)
    {
        if (!string.Equals(expected, found, StringComparison.Ordinal))
        {
            throw new BpfLayoutException(input, part, member, expected, found);
        }
    }
}
