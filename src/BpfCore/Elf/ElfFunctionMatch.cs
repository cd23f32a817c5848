namespace BpfCore.Elf;

/// <summary>The symbol of a name in one table: a strong one goes before weak ones, and there must be but one.</summary>
internal sealed class ElfFunctionMatch(string name, string path)
{
    private bool _isWeak;

    /// <summary>Where it is, or null when none was found.</summary>
    public ulong? Address { get; private set; }

    /// <summary>Takes a symbol of this name into account.</summary>
    /// <exception cref="InvalidOperationException">There is another one, as strong, at another place.</exception>
    public void Add(ulong address, bool isWeak)
    {
        if (Address is null || (_isWeak && !isWeak))
        {
            Address = address;
            _isWeak = isWeak;
            return;
        }

        if (!isWeak && Address != address)
        {
            throw new InvalidOperationException(
                $"{path} has several functions {name}, at 0x{Address:x} and 0x{address:x}; "
                + "add a version (name@VERSION) or give the offset in the file");
        }
    }
}
